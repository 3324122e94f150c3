-- As the SQLite file of the same number, which says what everything means.
-- No database of this engine is older than these files, so there are no series to mark.

CREATE TABLE dose (
    subject_key  BIGINT NOT NULL REFERENCES subject (subject_key),
    dose_id      NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    treatment    NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    amount       NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    unit         NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    start_at     NVARCHAR(MAX) COLLATE Latin1_General_100_BIN2 NOT NULL,
    start_us     BIGINT NOT NULL,
    end_at       NVARCHAR(MAX) COLLATE Latin1_General_100_BIN2 NOT NULL,
    visit        NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    visit_number NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    not_given    BIGINT NOT NULL,
    changed_us   BIGINT NOT NULL,
    PRIMARY KEY CLUSTERED (subject_key, dose_id)
);

CREATE TABLE series_extreme (
    subject_key         BIGINT NOT NULL,
    test_key            BIGINT NOT NULL,
    baseline            BIGINT NOT NULL,
    lowest              BIGINT NOT NULL,
    highest             BIGINT NOT NULL,
    uln_gap             BIGINT NOT NULL,
    uln_times           FLOAT(53),
    uln_at_least        BIGINT NOT NULL,
    uln_result_key      BIGINT,
    uln_collected_at    NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    baseline_times      FLOAT(53),
    baseline_result_key BIGINT,
    PRIMARY KEY CLUSTERED (subject_key, test_key)
);

CREATE TABLE term_extreme (
    subject_key BIGINT NOT NULL,
    test_key    BIGINT NOT NULL,
    term_key    BIGINT NOT NULL,
    baseline    BIGINT NOT NULL,
    worst       BIGINT NOT NULL,
    PRIMARY KEY CLUSTERED (subject_key, test_key, term_key)
);

UPDATE grading_state SET marks = marks + 1;
