-- As the SQLite file of the same number, which says what everything means.
-- No database of this engine is older than these files, so there are no rows to fill in.

ALTER TABLE observation ADD laboratory_key BIGINT NOT NULL DEFAULT 0;
ALTER TABLE observation ADD method NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL DEFAULT N'';
ALTER TABLE observation ADD status BIGINT NOT NULL DEFAULT 2;
ALTER TABLE observation ADD specimen_condition NVARCHAR(MAX) COLLATE Latin1_General_100_BIN2 NOT NULL DEFAULT N'';

ALTER TABLE grade ADD qualifier BIGINT NOT NULL DEFAULT 0;
ALTER TABLE grade ADD marks BIGINT NOT NULL DEFAULT 0;
ALTER TABLE grade ADD facts BIGINT NOT NULL DEFAULT 0;
ALTER TABLE grade ADD range_source BIGINT NOT NULL DEFAULT 0;
ALTER TABLE grade ADD range_key BIGINT;

ALTER TABLE subject ADD on_anticoagulation BIGINT NOT NULL DEFAULT 0;
ALTER TABLE subject ADD hiv_infected BIGINT NOT NULL DEFAULT 0;
ALTER TABLE study ADD on_anticoagulation BIGINT NOT NULL DEFAULT 0;
ALTER TABLE study ADD hiv_infected BIGINT NOT NULL DEFAULT 0;
ALTER TABLE study ADD fasting BIGINT NOT NULL DEFAULT 0;

ALTER TABLE study ADD spoiled_specimens BIGINT NOT NULL DEFAULT 1;
ALTER TABLE study ADD neutralisation_cutoff FLOAT(53) NOT NULL DEFAULT 20;
ALTER TABLE study ADD panel_tolerance FLOAT(53) NOT NULL DEFAULT 2;

UPDATE grading_state SET marks = marks + 1;
