-- As the SQLite file of the same number, which says what everything means.

ALTER TABLE study ADD report_cron NVARCHAR(MAX) COLLATE Latin1_General_100_BIN2 NOT NULL DEFAULT N'0 0 5 * * ?';

ALTER TABLE job_run ADD steps BIGINT NOT NULL DEFAULT 0;
ALTER TABLE job_run ADD steps_total BIGINT NOT NULL DEFAULT 0;

CREATE TABLE safety_report (
    report_key      BIGINT IDENTITY(1, 1) NOT NULL PRIMARY KEY,
    study_key       BIGINT NOT NULL REFERENCES study (study_key),
    report_id       NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    cut_off_us      BIGINT NOT NULL,
    previous_us     BIGINT,
    through_change  BIGINT NOT NULL,
    format          BIGINT NOT NULL,
    run_id          NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    counts          NVARCHAR(MAX) COLLATE Latin1_General_100_BIN2 NOT NULL,
    material        VARBINARY(MAX) NOT NULL,
    material_sha256 NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    arms            VARBINARY(MAX) NOT NULL,
    arms_sha256     NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    UNIQUE (study_key, cut_off_us)
);

CREATE TABLE safety_report_edition (
    report_key BIGINT NOT NULL REFERENCES safety_report (report_key),
    edition    BIGINT NOT NULL,
    sha256     NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    PRIMARY KEY CLUSTERED (report_key, edition)
);

CREATE TABLE safety_report_file (
    file_key   BIGINT IDENTITY(1, 1) NOT NULL PRIMARY KEY,
    report_key BIGINT NOT NULL REFERENCES safety_report (report_key),
    edition    BIGINT NOT NULL,
    position   BIGINT NOT NULL,
    name       NVARCHAR(400) COLLATE Latin1_General_100_BIN2 NOT NULL,
    bytes      BIGINT NOT NULL,
    sha256     NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    content    VARBINARY(MAX) NOT NULL,
    UNIQUE (report_key, edition, name)
);
