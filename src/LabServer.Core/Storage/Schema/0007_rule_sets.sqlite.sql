-- Rule sets that users published on this server, as they sent them. Only ever added to. A set may extend one with a
-- smaller key, or one that comes with the program.
CREATE TABLE published_rule_set (
    published_key INTEGER PRIMARY KEY,
    rule_set_id   TEXT    NOT NULL UNIQUE,
    name          TEXT    NOT NULL,
    version       INTEGER NOT NULL,
    sha256        TEXT    NOT NULL,
    content       BLOB    NOT NULL,
    published_by  TEXT    NOT NULL,
    published_us  INTEGER NOT NULL,
    reason        TEXT    NOT NULL,
    UNIQUE (name, version)
);
