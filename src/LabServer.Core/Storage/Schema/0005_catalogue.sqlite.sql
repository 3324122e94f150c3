-- What this server's laboratories call tests and units beyond what the built-in catalogue knows. Only ever added to.
CREATE TABLE test_alias (
    alias         TEXT    PRIMARY KEY,
    test          TEXT    NOT NULL,
    registered_us INTEGER NOT NULL,
    registered_by TEXT    NOT NULL
) WITHOUT ROWID;

CREATE TABLE unit_synonym (
    test          TEXT    NOT NULL,
    reported_unit TEXT    NOT NULL,
    unit          TEXT    NOT NULL,
    registered_us INTEGER NOT NULL,
    registered_by TEXT    NOT NULL,
    PRIMARY KEY (test, reported_unit)
) WITHOUT ROWID;
