-- As the SQLite file of the same number, which says what everything means.

CREATE TABLE job_run (
    run_key      BIGINT IDENTITY(1, 1) NOT NULL PRIMARY KEY,
    run_id       NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL UNIQUE,
    job          NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    study_id     NVARCHAR(400) COLLATE Latin1_General_100_BIN2 NOT NULL,
    "trigger"    BIGINT NOT NULL,
    state        BIGINT NOT NULL,
    queued_us    BIGINT NOT NULL,
    started_us   BIGINT,
    ended_us     BIGINT,
    results      BIGINT NOT NULL,
    series       BIGINT NOT NULL,
    series_total BIGINT NOT NULL,
    grades       BIGINT NOT NULL,
    events       BIGINT NOT NULL,
    differences  BIGINT NOT NULL,
    failure      NVARCHAR(MAX) COLLATE Latin1_General_100_BIN2 NOT NULL
);
