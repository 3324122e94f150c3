-- What grading may ask of a result besides its number, and of its subject and study besides what 0001 holds.

-- As the result says; kept with the series so that grading need not look a result up.
ALTER TABLE observation ADD COLUMN laboratory_key INTEGER NOT NULL DEFAULT 0;
ALTER TABLE observation ADD COLUMN method TEXT NOT NULL DEFAULT '';
ALTER TABLE observation ADD COLUMN status INTEGER NOT NULL DEFAULT 2;
ALTER TABLE observation ADD COLUMN specimen_condition TEXT NOT NULL DEFAULT '';
UPDATE observation SET
    laboratory_key = (SELECT r.laboratory_key FROM result r WHERE r.result_key = observation.result_key),
    method = (SELECT r.method FROM result r WHERE r.result_key = observation.result_key),
    status = (SELECT r.status FROM result r WHERE r.result_key = observation.result_key),
    specimen_condition = (SELECT r.specimen_condition FROM result r WHERE r.result_key = observation.result_key);

-- Inputs of a grade, beside those of 0003. qualifier: of ValueQualifier. marks: of GradeMarks. facts: of GradeFacts.
-- range_source: of RangeSource; range_key: the range of the laboratory that was used, when it was one of those.
ALTER TABLE grade ADD COLUMN qualifier INTEGER NOT NULL DEFAULT 0;
ALTER TABLE grade ADD COLUMN marks INTEGER NOT NULL DEFAULT 0;
ALTER TABLE grade ADD COLUMN facts INTEGER NOT NULL DEFAULT 0;
ALTER TABLE grade ADD COLUMN range_source INTEGER NOT NULL DEFAULT 0;
ALTER TABLE grade ADD COLUMN range_key INTEGER;

-- Facts are of YesNo: 0 not known, 1 yes, 2 no. What a study says holds where a subject or specimen says nothing.
ALTER TABLE subject ADD COLUMN on_anticoagulation INTEGER NOT NULL DEFAULT 0;
ALTER TABLE subject ADD COLUMN hiv_infected INTEGER NOT NULL DEFAULT 0;
ALTER TABLE study ADD COLUMN on_anticoagulation INTEGER NOT NULL DEFAULT 0;
ALTER TABLE study ADD COLUMN hiv_infected INTEGER NOT NULL DEFAULT 0;
ALTER TABLE study ADD COLUMN fasting INTEGER NOT NULL DEFAULT 0;

-- spoiled_specimens: of SpoiledSpecimens. neutralisation_cutoff and panel_tolerance: percent.
ALTER TABLE study ADD COLUMN spoiled_specimens INTEGER NOT NULL DEFAULT 1;
ALTER TABLE study ADD COLUMN neutralisation_cutoff REAL NOT NULL DEFAULT 20;
ALTER TABLE study ADD COLUMN panel_tolerance REAL NOT NULL DEFAULT 2;

-- Grades of an older program lack these inputs: everything is graded again, and the next run counts what differs.
UPDATE grading_state SET marks = marks + 1;
INSERT OR REPLACE INTO pending_series (subject_key, test_key, mark)
SELECT DISTINCT subject_key, test_key, (SELECT marks FROM grading_state WHERE id = 1) FROM observation;
