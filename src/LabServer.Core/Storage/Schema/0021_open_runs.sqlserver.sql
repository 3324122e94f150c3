-- As the SQLite file of the same number, which says what everything means.
CREATE INDEX job_run_open ON job_run (state) WHERE ended_us IS NULL;
