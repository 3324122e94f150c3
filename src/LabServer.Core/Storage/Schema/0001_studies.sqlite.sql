-- Studies, their subjects, and the short names that rows refer to by key.
-- Times are UTC microseconds since 1970 everywhere. Dates that subjects and results carry stay the text that was sent.

CREATE TABLE study (
    study_key         INTEGER PRIMARY KEY,
    study_id          TEXT    NOT NULL UNIQUE,
    title             TEXT    NOT NULL,
    time_zone         TEXT    NOT NULL,
    full_grading_cron TEXT    NOT NULL,
    created_us        INTEGER NOT NULL
);

CREATE TABLE study_arm (
    study_key INTEGER NOT NULL REFERENCES study (study_key),
    position  INTEGER NOT NULL,
    arm       TEXT    NOT NULL,
    PRIMARY KEY (study_key, arm)
) WITHOUT ROWID;

CREATE TABLE study_rule_set (
    study_key   INTEGER NOT NULL REFERENCES study (study_key),
    position    INTEGER NOT NULL,
    rule_set_id TEXT    NOT NULL,
    PRIMARY KEY (study_key, rule_set_id)
) WITHOUT ROWID;

CREATE TABLE subject (
    subject_key   INTEGER PRIMARY KEY,
    study_key     INTEGER NOT NULL REFERENCES study (study_key),
    subject_id    TEXT    NOT NULL,
    arm           TEXT    NOT NULL,
    planned_arm   TEXT    NOT NULL,
    sex           INTEGER NOT NULL,
    birth_date    TEXT    NOT NULL,
    first_dose_at TEXT    NOT NULL,
    site_id       TEXT    NOT NULL,
    registered_us INTEGER NOT NULL,
    changed_us    INTEGER NOT NULL,
    UNIQUE (study_key, subject_id)
);

-- A laboratory is a name in a study: the scope in which a sender's result ids are unique.
CREATE TABLE laboratory (
    laboratory_key INTEGER PRIMARY KEY,
    study_key      INTEGER NOT NULL REFERENCES study (study_key),
    laboratory     TEXT    NOT NULL,
    UNIQUE (study_key, laboratory)
);

-- Catalogue tests by key (`ALT`, `PH:URINE`), as far as results refer to them.
CREATE TABLE test (
    test_key INTEGER PRIMARY KEY,
    test     TEXT    NOT NULL UNIQUE
);

CREATE TABLE sender (
    sender_key INTEGER PRIMARY KEY,
    sender     TEXT    NOT NULL UNIQUE
);
