-- As the SQLite file of the same number, which says what everything means.
-- No database of this engine is older than these files, so there are no series to mark.

CREATE TABLE observation_flag (
    subject_key      BIGINT NOT NULL,
    test_key         BIGINT NOT NULL,
    result_key       BIGINT NOT NULL,
    flag             BIGINT NOT NULL,
    other_result_key BIGINT,
    detail           NVARCHAR(MAX) COLLATE Latin1_General_100_BIN2 NOT NULL,
    PRIMARY KEY CLUSTERED (subject_key, test_key, result_key, flag)
);
CREATE INDEX observation_flag_result ON observation_flag (result_key);

CREATE TABLE study_visit (
    study_key    BIGINT NOT NULL REFERENCES study (study_key),
    position     BIGINT NOT NULL,
    visit        NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    visit_number NVARCHAR(MAX) COLLATE Latin1_General_100_BIN2 NOT NULL,
    first_day    BIGINT NOT NULL,
    last_day     BIGINT NOT NULL,
    target_day   BIGINT,
    PRIMARY KEY CLUSTERED (study_key, position)
);

UPDATE grading_state SET marks = marks + 1;
