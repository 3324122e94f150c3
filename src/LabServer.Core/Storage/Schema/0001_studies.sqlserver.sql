-- As the SQLite file of the same number, which says what everything means. Texts compare as SQLite's do, by their code units and
-- with no two letters alike; only blanks at an end count for nothing, so ids that have some are refused before they get here.
-- Lengths are those of the checks: longer where the server itself puts texts together, and keys stay within what an index holds.

CREATE TABLE study (
    study_key         BIGINT IDENTITY(1, 1) NOT NULL PRIMARY KEY,
    study_id          NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL UNIQUE,
    title             NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    time_zone         NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    full_grading_cron NVARCHAR(MAX) COLLATE Latin1_General_100_BIN2 NOT NULL,
    created_us        BIGINT NOT NULL
);

CREATE TABLE study_arm (
    study_key BIGINT NOT NULL REFERENCES study (study_key),
    position  BIGINT NOT NULL,
    arm       NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    PRIMARY KEY CLUSTERED (study_key, arm)
);

CREATE TABLE study_rule_set (
    study_key   BIGINT NOT NULL REFERENCES study (study_key),
    position    BIGINT NOT NULL,
    rule_set_id NVARCHAR(400) COLLATE Latin1_General_100_BIN2 NOT NULL,
    PRIMARY KEY CLUSTERED (study_key, rule_set_id)
);

CREATE TABLE subject (
    subject_key   BIGINT IDENTITY(1, 1) NOT NULL PRIMARY KEY,
    study_key     BIGINT NOT NULL REFERENCES study (study_key),
    subject_id    NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    arm           NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    planned_arm   NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    sex           BIGINT NOT NULL,
    birth_date    NVARCHAR(MAX) COLLATE Latin1_General_100_BIN2 NOT NULL,
    first_dose_at NVARCHAR(MAX) COLLATE Latin1_General_100_BIN2 NOT NULL,
    site_id       NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    registered_us BIGINT NOT NULL,
    changed_us    BIGINT NOT NULL,
    UNIQUE (study_key, subject_id)
);

CREATE TABLE laboratory (
    laboratory_key BIGINT IDENTITY(1, 1) NOT NULL PRIMARY KEY,
    study_key      BIGINT NOT NULL REFERENCES study (study_key),
    laboratory     NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    UNIQUE (study_key, laboratory)
);

CREATE TABLE test (
    test_key BIGINT IDENTITY(1, 1) NOT NULL PRIMARY KEY,
    test     NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL UNIQUE
);

CREATE TABLE sender (
    sender_key BIGINT IDENTITY(1, 1) NOT NULL PRIMARY KEY,
    sender     NVARCHAR(400) COLLATE Latin1_General_100_BIN2 NOT NULL UNIQUE
);
