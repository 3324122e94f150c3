-- As the SQLite file of the same number, which says what everything means.

CREATE TABLE subject_attribute (
    subject_key BIGINT NOT NULL REFERENCES subject (subject_key),
    name        NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    value       NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    PRIMARY KEY CLUSTERED (subject_key, name)
);
