-- As the SQLite file of the same number, which says what everything means.
-- No database of this engine is older than these files, so there are no series to mark.

CREATE TABLE derived_result (
    subject_key    BIGINT NOT NULL,
    result_key     BIGINT NOT NULL,
    laboratory_key BIGINT NOT NULL,
    formula        NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    computation    NVARCHAR(MAX) COLLATE Latin1_General_100_BIN2 NOT NULL,
    PRIMARY KEY CLUSTERED (subject_key, result_key)
);

CREATE TABLE derived_input (
    result_key       BIGINT NOT NULL,
    position         BIGINT NOT NULL,
    input_result_key BIGINT NOT NULL,
    role             NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    PRIMARY KEY CLUSTERED (result_key, position)
);

CREATE TABLE panel_flag (
    subject_key BIGINT NOT NULL,
    test_key    BIGINT NOT NULL,
    result_key  BIGINT NOT NULL,
    panel       NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    detail      NVARCHAR(MAX) COLLATE Latin1_General_100_BIN2 NOT NULL,
    PRIMARY KEY CLUSTERED (subject_key, test_key, result_key, panel)
);
CREATE INDEX panel_flag_result ON panel_flag (result_key);

UPDATE grading_state SET marks = marks + 1;
