-- A laboratory's own ranges, for results that come without one. Everything here is only ever added to.

-- A range is stored once and belongs to every version that holds it, so that a new version that leaves it as it is
-- changes nothing that was graded by it. Ages and dates are half open: from this one on, up to and without that one.
-- sex: of Sex, 0 for everyone. Units of ages: of AgeUnit. Limits stay the decimal numbers they were given as.
CREATE TABLE reference_range (
    range_key      INTEGER PRIMARY KEY,
    laboratory_key INTEGER NOT NULL REFERENCES laboratory (laboratory_key),
    test_key       INTEGER NOT NULL REFERENCES test (test_key),
    sex            INTEGER NOT NULL,
    age_from       INTEGER,
    age_from_unit  INTEGER NOT NULL,
    age_to         INTEGER,
    age_to_unit    INTEGER NOT NULL,
    method         TEXT    NOT NULL,
    effective_from TEXT    NOT NULL,
    effective_to   TEXT    NOT NULL,
    low            TEXT    NOT NULL,
    low_inclusive  INTEGER NOT NULL,
    high           TEXT    NOT NULL,
    high_inclusive INTEGER NOT NULL,
    unit           TEXT    NOT NULL
);

CREATE INDEX reference_range_laboratory ON reference_range (laboratory_key);

-- Version 0 holds nothing: what a laboratory has before its first import.
CREATE TABLE reference_range_version (
    laboratory_key INTEGER NOT NULL REFERENCES laboratory (laboratory_key),
    version        INTEGER NOT NULL,
    imported_us    INTEGER NOT NULL,
    imported_by    TEXT    NOT NULL,
    reason         TEXT    NOT NULL,
    PRIMARY KEY (laboratory_key, version)
) WITHOUT ROWID;

CREATE TABLE reference_range_set (
    laboratory_key INTEGER NOT NULL,
    version        INTEGER NOT NULL,
    position       INTEGER NOT NULL,
    range_key      INTEGER NOT NULL REFERENCES reference_range (range_key),
    PRIMARY KEY (laboratory_key, version, position)
) WITHOUT ROWID;

-- Which version was put in force when, by whom and why. The last one of a laboratory is in force.
CREATE TABLE reference_range_application (
    application_key INTEGER PRIMARY KEY,
    laboratory_key  INTEGER NOT NULL,
    version         INTEGER NOT NULL,
    applied_us      INTEGER NOT NULL,
    applied_by      TEXT    NOT NULL,
    reason          TEXT    NOT NULL,
    FOREIGN KEY (laboratory_key, version) REFERENCES reference_range_version (laboratory_key, version)
);

CREATE INDEX reference_range_application_laboratory ON reference_range_application (laboratory_key, application_key);

CREATE VIEW reference_range_in_force AS
SELECT a.laboratory_key, a.version, a.application_key
FROM reference_range_application a
WHERE a.application_key = (SELECT MAX(b.application_key) FROM reference_range_application b WHERE b.laboratory_key = a.laboratory_key);
