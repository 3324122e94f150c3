-- As the SQLite file of the same number, which says what everything means.

CREATE TABLE published_rule_set (
    published_key BIGINT IDENTITY(1, 1) NOT NULL PRIMARY KEY,
    rule_set_id   NVARCHAR(400) COLLATE Latin1_General_100_BIN2 NOT NULL UNIQUE,
    name          NVARCHAR(400) COLLATE Latin1_General_100_BIN2 NOT NULL,
    version       BIGINT NOT NULL,
    sha256        NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    content       VARBINARY(MAX) NOT NULL,
    published_by  NVARCHAR(400) COLLATE Latin1_General_100_BIN2 NOT NULL,
    published_us  BIGINT NOT NULL,
    reason        NVARCHAR(MAX) COLLATE Latin1_General_100_BIN2 NOT NULL,
    UNIQUE (name, version)
);
