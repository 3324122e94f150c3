-- Run history of the scheduled jobs. State and trigger are the numbers of JobRunState and JobTrigger.
CREATE TABLE job_run (
    run_key      INTEGER PRIMARY KEY,
    run_id       TEXT    NOT NULL UNIQUE,
    job          TEXT    NOT NULL,
    study_id     TEXT    NOT NULL,
    trigger      INTEGER NOT NULL,
    state        INTEGER NOT NULL,
    queued_us    INTEGER NOT NULL,
    started_us   INTEGER,
    ended_us     INTEGER,
    results      INTEGER NOT NULL,
    series       INTEGER NOT NULL,
    series_total INTEGER NOT NULL,
    grades       INTEGER NOT NULL,
    events       INTEGER NOT NULL,
    differences  INTEGER NOT NULL,
    failure      TEXT    NOT NULL
);
