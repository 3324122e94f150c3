-- Who may call: API keys, of which only hashes are kept, and what was unblinded, by whom and why. Rows are never deleted:
-- a revoked key stays, so that its name stays what it was.

-- role: of Role. all_studies 0: the studies of api_key_study and no other.
CREATE TABLE api_key (
    key_key      INTEGER PRIMARY KEY,
    key_id       TEXT    NOT NULL UNIQUE,
    name         TEXT    NOT NULL UNIQUE,
    sha256       BLOB    NOT NULL,
    role         INTEGER NOT NULL,
    all_studies  INTEGER NOT NULL,
    reason       TEXT    NOT NULL,
    created_by   TEXT    NOT NULL,
    created_us   INTEGER NOT NULL,
    expires_us   INTEGER,
    revoked_us   INTEGER,
    revoked_by   TEXT    NOT NULL DEFAULT '',
    last_used_us INTEGER
);

CREATE TABLE api_key_study (
    key_key  INTEGER NOT NULL REFERENCES api_key (key_key),
    study_id TEXT    NOT NULL,
    PRIMARY KEY (key_key, study_id)
) WITHOUT ROWID;

CREATE TABLE api_key_laboratory (
    key_key    INTEGER NOT NULL REFERENCES api_key (key_key),
    laboratory TEXT    NOT NULL,
    PRIMARY KEY (key_key, laboratory)
) WITHOUT ROWID;

-- Studies whose arms the key sees; why is the reason of the key.
CREATE TABLE api_key_unblinding (
    key_key  INTEGER NOT NULL REFERENCES api_key (key_key),
    study_id TEXT    NOT NULL,
    PRIMARY KEY (key_key, study_id)
) WITHOUT ROWID;

-- One subject's arm that somebody was shown.
CREATE TABLE unblinding (
    unblinding_key INTEGER PRIMARY KEY,
    subject_key    INTEGER NOT NULL REFERENCES subject (subject_key),
    unblinded_by   TEXT    NOT NULL,
    unblinded_us   INTEGER NOT NULL,
    reason         TEXT    NOT NULL
);
