-- As the SQLite file of the same number, which says what everything means.

CREATE TABLE server (
    server_id      NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL PRIMARY KEY,
    name           NVARCHAR(MAX) COLLATE Latin1_General_100_BIN2 NOT NULL,
    started_us     BIGINT NOT NULL,
    lease_until_us BIGINT NOT NULL
);

CREATE TABLE grading_share (
    share          BIGINT NOT NULL PRIMARY KEY,
    server_id      NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    lease_until_us BIGINT NOT NULL,
    fence          BIGINT NOT NULL
);
INSERT INTO grading_share (share, server_id, lease_until_us, fence) VALUES
    (-1, N'', 0, 0),
    (0, N'', 0, 0), (1, N'', 0, 0), (2, N'', 0, 0), (3, N'', 0, 0), (4, N'', 0, 0), (5, N'', 0, 0), (6, N'', 0, 0), (7, N'', 0, 0),
    (8, N'', 0, 0), (9, N'', 0, 0), (10, N'', 0, 0), (11, N'', 0, 0), (12, N'', 0, 0), (13, N'', 0, 0), (14, N'', 0, 0), (15, N'', 0, 0),
    (16, N'', 0, 0), (17, N'', 0, 0), (18, N'', 0, 0), (19, N'', 0, 0), (20, N'', 0, 0), (21, N'', 0, 0), (22, N'', 0, 0), (23, N'', 0, 0),
    (24, N'', 0, 0), (25, N'', 0, 0), (26, N'', 0, 0), (27, N'', 0, 0), (28, N'', 0, 0), (29, N'', 0, 0), (30, N'', 0, 0), (31, N'', 0, 0),
    (32, N'', 0, 0), (33, N'', 0, 0), (34, N'', 0, 0), (35, N'', 0, 0), (36, N'', 0, 0), (37, N'', 0, 0), (38, N'', 0, 0), (39, N'', 0, 0),
    (40, N'', 0, 0), (41, N'', 0, 0), (42, N'', 0, 0), (43, N'', 0, 0), (44, N'', 0, 0), (45, N'', 0, 0), (46, N'', 0, 0), (47, N'', 0, 0),
    (48, N'', 0, 0), (49, N'', 0, 0), (50, N'', 0, 0), (51, N'', 0, 0), (52, N'', 0, 0), (53, N'', 0, 0), (54, N'', 0, 0), (55, N'', 0, 0),
    (56, N'', 0, 0), (57, N'', 0, 0), (58, N'', 0, 0), (59, N'', 0, 0), (60, N'', 0, 0), (61, N'', 0, 0), (62, N'', 0, 0), (63, N'', 0, 0);

ALTER TABLE job_run ADD server_id NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL DEFAULT N'';
