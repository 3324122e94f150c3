-- As the SQLite file of the same number, which says what everything means.

CREATE TABLE api_key (
    key_key      BIGINT IDENTITY(1, 1) NOT NULL PRIMARY KEY,
    key_id       NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL UNIQUE,
    name         NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL UNIQUE,
    sha256       VARBINARY(32) NOT NULL,
    role         BIGINT NOT NULL,
    all_studies  BIGINT NOT NULL,
    reason       NVARCHAR(MAX) COLLATE Latin1_General_100_BIN2 NOT NULL,
    created_by   NVARCHAR(400) COLLATE Latin1_General_100_BIN2 NOT NULL,
    created_us   BIGINT NOT NULL,
    expires_us   BIGINT,
    revoked_us   BIGINT,
    revoked_by   NVARCHAR(400) COLLATE Latin1_General_100_BIN2 NOT NULL DEFAULT N'',
    last_used_us BIGINT
);

CREATE TABLE api_key_study (
    key_key  BIGINT NOT NULL REFERENCES api_key (key_key),
    study_id NVARCHAR(400) COLLATE Latin1_General_100_BIN2 NOT NULL,
    PRIMARY KEY CLUSTERED (key_key, study_id)
);

CREATE TABLE api_key_laboratory (
    key_key    BIGINT NOT NULL REFERENCES api_key (key_key),
    laboratory NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    PRIMARY KEY CLUSTERED (key_key, laboratory)
);

CREATE TABLE api_key_unblinding (
    key_key  BIGINT NOT NULL REFERENCES api_key (key_key),
    study_id NVARCHAR(400) COLLATE Latin1_General_100_BIN2 NOT NULL,
    PRIMARY KEY CLUSTERED (key_key, study_id)
);

CREATE TABLE unblinding (
    unblinding_key BIGINT IDENTITY(1, 1) NOT NULL PRIMARY KEY,
    subject_key    BIGINT NOT NULL REFERENCES subject (subject_key),
    unblinded_by   NVARCHAR(400) COLLATE Latin1_General_100_BIN2 NOT NULL,
    unblinded_us   BIGINT NOT NULL,
    reason         NVARCHAR(MAX) COLLATE Latin1_General_100_BIN2 NOT NULL
);
