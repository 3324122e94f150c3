-- As the SQLite file of the same number, which says what everything means.
-- The view is made by a batch of its own, as it must be the first of one.

CREATE TABLE reference_range (
    range_key      BIGINT IDENTITY(1, 1) NOT NULL PRIMARY KEY,
    laboratory_key BIGINT NOT NULL REFERENCES laboratory (laboratory_key),
    test_key       BIGINT NOT NULL REFERENCES test (test_key),
    sex            BIGINT NOT NULL,
    age_from       BIGINT,
    age_from_unit  BIGINT NOT NULL,
    age_to         BIGINT,
    age_to_unit    BIGINT NOT NULL,
    method         NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    effective_from NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    effective_to   NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    low            NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    low_inclusive  BIGINT NOT NULL,
    high           NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    high_inclusive BIGINT NOT NULL,
    unit           NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL
);

CREATE INDEX reference_range_laboratory ON reference_range (laboratory_key);

CREATE TABLE reference_range_version (
    laboratory_key BIGINT NOT NULL REFERENCES laboratory (laboratory_key),
    version        BIGINT NOT NULL,
    imported_us    BIGINT NOT NULL,
    imported_by    NVARCHAR(400) COLLATE Latin1_General_100_BIN2 NOT NULL,
    reason         NVARCHAR(MAX) COLLATE Latin1_General_100_BIN2 NOT NULL,
    PRIMARY KEY CLUSTERED (laboratory_key, version)
);

CREATE TABLE reference_range_set (
    laboratory_key BIGINT NOT NULL,
    version        BIGINT NOT NULL,
    position       BIGINT NOT NULL,
    range_key      BIGINT NOT NULL REFERENCES reference_range (range_key),
    PRIMARY KEY CLUSTERED (laboratory_key, version, position)
);

CREATE TABLE reference_range_application (
    application_key BIGINT IDENTITY(1, 1) NOT NULL PRIMARY KEY,
    laboratory_key  BIGINT NOT NULL,
    version         BIGINT NOT NULL,
    applied_us      BIGINT NOT NULL,
    applied_by      NVARCHAR(400) COLLATE Latin1_General_100_BIN2 NOT NULL,
    reason          NVARCHAR(MAX) COLLATE Latin1_General_100_BIN2 NOT NULL,
    FOREIGN KEY (laboratory_key, version) REFERENCES reference_range_version (laboratory_key, version)
);

CREATE INDEX reference_range_application_laboratory ON reference_range_application (laboratory_key, application_key);

EXEC (N'
CREATE VIEW reference_range_in_force AS
SELECT a.laboratory_key, a.version, a.application_key
FROM reference_range_application a
WHERE a.application_key = (SELECT MAX(b.application_key) FROM reference_range_application b WHERE b.laboratory_key = a.laboratory_key)
');
