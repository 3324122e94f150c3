-- Safety reports: a study as it was at one moment, and the files that were made of it. Rows are only ever added, and kept.

ALTER TABLE study ADD COLUMN report_cron TEXT NOT NULL DEFAULT '0 0 5 * * ?';

-- What a run that is not grading has done, and how much there is to do.
ALTER TABLE job_run ADD COLUMN steps INTEGER NOT NULL DEFAULT 0;
ALTER TABLE job_run ADD COLUMN steps_total INTEGER NOT NULL DEFAULT 0;

-- material: every figure that the report is made of, without any arm; arms: what only the edition by arm shows beside it.
-- Both JSON, compressed; the hashes are of the JSON. through_change: the report looked at the log of events up to here.
-- format: how material becomes files. run_id: the run that made it. counts: what the next report compares with.
CREATE TABLE safety_report (
    report_key      INTEGER PRIMARY KEY,
    study_key       INTEGER NOT NULL REFERENCES study (study_key),
    report_id       TEXT    NOT NULL,
    cut_off_us      INTEGER NOT NULL,
    previous_us     INTEGER,
    through_change  INTEGER NOT NULL,
    format          INTEGER NOT NULL,
    run_id          TEXT    NOT NULL,
    counts          TEXT    NOT NULL,
    material        BLOB    NOT NULL,
    material_sha256 TEXT    NOT NULL,
    arms            BLOB    NOT NULL,
    arms_sha256     TEXT    NOT NULL,
    UNIQUE (study_key, cut_off_us)
);

-- edition: of ReportEdition. sha256: of the list of its files with their hashes.
CREATE TABLE safety_report_edition (
    report_key INTEGER NOT NULL REFERENCES safety_report (report_key),
    edition    INTEGER NOT NULL,
    sha256     TEXT    NOT NULL,
    PRIMARY KEY (report_key, edition)
) WITHOUT ROWID;

-- content is compressed; bytes and sha256 are of what it was.
CREATE TABLE safety_report_file (
    file_key   INTEGER PRIMARY KEY,
    report_key INTEGER NOT NULL REFERENCES safety_report (report_key),
    edition    INTEGER NOT NULL,
    position   INTEGER NOT NULL,
    name       TEXT    NOT NULL,
    bytes      INTEGER NOT NULL,
    sha256     TEXT    NOT NULL,
    content    BLOB    NOT NULL,
    UNIQUE (report_key, edition, name)
);
