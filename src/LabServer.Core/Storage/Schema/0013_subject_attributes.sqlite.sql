-- What a study says of a subject beside the columns of subject: severity, race, country, … Tables are split by it, and
-- grading never looks at it. A name is there once a subject; an empty value is no row.
CREATE TABLE subject_attribute (
    subject_key INTEGER NOT NULL REFERENCES subject (subject_key),
    name        TEXT    NOT NULL,
    value       TEXT    NOT NULL,
    PRIMARY KEY (subject_key, name)
) WITHOUT ROWID;
