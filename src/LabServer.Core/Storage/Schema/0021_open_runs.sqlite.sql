-- Runs without an end are looked for by every server every few seconds, in a history that grows for as long as the server is used.
CREATE INDEX job_run_open ON job_run (state) WHERE ended_us IS NULL;
