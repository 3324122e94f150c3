-- As the SQLite file of the same number, which says what everything means.

CREATE TABLE test_alias (
    alias         NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL PRIMARY KEY,
    test          NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    registered_us BIGINT NOT NULL,
    registered_by NVARCHAR(400) COLLATE Latin1_General_100_BIN2 NOT NULL
);

CREATE TABLE unit_synonym (
    test          NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    reported_unit NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    unit          NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    registered_us BIGINT NOT NULL,
    registered_by NVARCHAR(400) COLLATE Latin1_General_100_BIN2 NOT NULL,
    PRIMARY KEY CLUSTERED (test, reported_unit)
);
