-- Counts the responses of the attached store again, in plain SQL, and lists every figure of tables.csv (table
-- told) and results.json (table question) that is another. Last line: how many figures were compared.

-- Who is in which group.
CREATE TEMP TABLE member AS
  SELECT key, '' AS by, '' AS grp FROM response
  UNION ALL SELECT key, 'role', role FROM response WHERE role IS NOT NULL
  UNION ALL SELECT key, 'hats', 'x' FROM response WHERE hats_x
  UNION ALL SELECT key, 'hats', 'y' FROM response WHERE hats_y
  UNION ALL SELECT key, 'hats', 'z' FROM response WHERE hats_z
  UNION ALL SELECT key, 'channel', channel FROM response;

-- Who chose what; of a ranking, what came first.
CREATE TEMP TABLE chosen AS
  SELECT key, 'role' AS item, role AS option FROM response WHERE role IS NOT NULL
  UNION ALL SELECT key, 'hats', 'x' FROM response WHERE hats_x
  UNION ALL SELECT key, 'hats', 'y' FROM response WHERE hats_y
  UNION ALL SELECT key, 'hats', 'z' FROM response WHERE hats_z
  UNION ALL SELECT key, 'sat', CAST(sat AS TEXT) FROM response WHERE sat IS NOT NULL
  UNION ALL SELECT key, 'sat', '(favourable)' FROM response WHERE sat >= 3
  UNION ALL SELECT key, 'sat', '(unfavourable)' FROM response WHERE sat < 3
  UNION ALL SELECT key, 'ordering', substr(ordering, 1, 1) FROM response WHERE ordering IS NOT NULL
  UNION ALL SELECT key, 'routed', routed FROM response WHERE routed IS NOT NULL
  UNION ALL SELECT key, 'routed', '(favourable)' FROM response WHERE routed = 'yes'
  UNION ALL SELECT key, 'routed', '(unfavourable)' FROM response WHERE routed = 'no';

CREATE TEMP TABLE number AS
  SELECT key, 'sat' AS item, sat AS value FROM response WHERE sat IS NOT NULL
  UNION ALL SELECT key, 'years', years FROM response WHERE years IS NOT NULL;

CREATE TEMP TABLE expressed AS
  SELECT DISTINCT key, item FROM chosen
  UNION SELECT key, item FROM number
  UNION SELECT key, 'seen' FROM response WHERE seen IS NOT NULL
  UNION SELECT key, 'words' FROM response WHERE words IS NOT NULL;

CREATE TEMP TABLE item AS SELECT DISTINCT item FROM told;
CREATE TEMP TABLE missing AS
  SELECT key, item, iif(instr(' ' || missing || ' ', ' ' || item || '=not_'), 1, 0) AS not_asked,
         instr(' ' || missing || ' ', ' ' || item || '=no_opinion ') > 0 AS no_opinion
  FROM response, item;

CREATE TEMP TABLE base AS
  SELECT by, grp, missing.item, sum(NOT not_asked) AS asked, sum(expressed.key IS NOT NULL) AS expressed,
         sum(expressed.key IS NOT NULL OR no_opinion) AS answered
  FROM member JOIN missing USING (key) LEFT JOIN expressed ON expressed.key = member.key
       AND expressed.item = missing.item
  GROUP BY 1, 2, 3;

-- Every figure of a group that has one: what it should be.
CREATE TEMP TABLE figure AS
  SELECT by, grp, item, '(answered)' AS option, answered AS count, asked AS base,
         1.0 * answered / asked AS rate FROM base
  UNION ALL
  SELECT by, grp, item, option, count(*), expressed, 1.0 * count(*) / expressed
  FROM member JOIN chosen USING (key) JOIN base USING (by, grp, item) GROUP BY 1, 2, 3, 4
  UNION ALL
  SELECT by, grp, item, '(mean)', expressed, expressed, avg(value)
  FROM member JOIN number USING (key) JOIN base USING (by, grp, item) GROUP BY 1, 2, 3;

-- Medians: of years between the middle ones, of the scale the lowest that reaches half.
CREATE TEMP TABLE ranked AS
  SELECT by, grp, item, value, row_number() OVER (PARTITION BY by, grp, item ORDER BY value) AS place,
         count(*) OVER (PARTITION BY by, grp, item) AS n
  FROM member JOIN number USING (key);
INSERT INTO figure
  SELECT by, grp, item, '(median)', n, n,
         iif(item = 'sat', min(value), avg(value))
  FROM ranked WHERE place IN ((n + 1) / 2, n / 2 + 1) GROUP BY 1, 2, 3;

CREATE TEMP TABLE compared (what, expected, told);
INSERT INTO compared
  SELECT told.item || ' ' || told.by || ' ' || told.grp || ' ' || told.option || ' count',
         coalesce(figure.count, 0), CAST(told.count AS REAL)
  FROM told LEFT JOIN figure USING (item, by, grp, option);
INSERT INTO compared
  SELECT told.item || ' ' || told.by || ' ' || told.grp || ' ' || told.option || ' base',
         iif(told.option = '(answered)', base.asked, base.expressed), CAST(told.base AS REAL)
  FROM told JOIN base USING (item, by, grp);
INSERT INTO compared
  SELECT told.item || ' ' || told.by || ' ' || told.grp || ' ' || told.option || ' rate',
         coalesce(figure.rate, 0), CAST(told.rate AS REAL)
  FROM told LEFT JOIN figure USING (item, by, grp, option);
INSERT INTO compared
  SELECT item || ' ' || by || ' ' || grp || ' ' || option || ' is told once', 1,
         (SELECT count(*) FROM told WHERE (told.item, told.by, told.grp, told.option) =
                                          (figure.item, figure.by, figure.grp, figure.option))
  FROM figure WHERE item != by;

-- What only results.json tells, of all respondents.
CREATE TEMP TABLE question AS
  SELECT json_extract(value, '$.id') AS id, value AS json FROM json_each(readfile('results.json'), '$.questions');
INSERT INTO compared
  SELECT 'years ' || path, expected, json_extract(json, path) FROM question, (
    SELECT '$.standard_deviation' AS path, sqrt((sum(years * years) - sum(years) * avg(years)) / (count(years) - 1))
           AS expected FROM response
    UNION ALL SELECT '$.minimum', min(years) FROM response
    UNION ALL SELECT '$.maximum', max(years) FROM response) WHERE id = 'years';
INSERT INTO compared
  SELECT 'seen ' || path, expected, json_extract(json, path) FROM question, (
    SELECT '$.minimum' AS path, min(seen) AS expected FROM response
    UNION ALL SELECT '$.maximum', max(seen) FROM response
    UNION ALL SELECT '$.median', max(seen) FROM (
      SELECT seen, row_number() OVER (ORDER BY seen) AS place, count(*) OVER () AS n
      FROM response WHERE seen IS NOT NULL) WHERE place = (n + 1) / 2) WHERE id = 'seen';
CREATE TEMP TABLE place AS
  SELECT code, instr(replace(ordering, ' ', ''), code) AS place
  FROM response, (SELECT 'p' AS code UNION SELECT 'q' UNION SELECT 'r') WHERE instr(ordering, code);
INSERT INTO compared
  SELECT 'ordering ' || path, expected, json_extract(json, path) FROM question, (
    SELECT '$.options[' || (unicode(code) - unicode('p')) || '].ranked' AS path, count(*) AS expected
    FROM place GROUP BY code
    UNION ALL SELECT '$.options[' || (unicode(code) - unicode('p')) || '].mean_rank', avg(place)
    FROM place GROUP BY code) WHERE id = 'ordering';
INSERT INTO compared
  SELECT 'hats ' || path, expected, json_extract(json, path) FROM question, (
    SELECT '$.options[0].share_of_ticks' AS path, 1.0 * sum(hats_x) / sum(hats_x + hats_y + hats_z) AS expected
    FROM response WHERE hats_x IS NOT NULL) WHERE id = 'hats';

SELECT what || ': ' || expected || ' expected, ' || coalesce(told, 'nothing') || ' told' FROM compared
WHERE NOT coalesce(iif(typeof(expected) = 'text', expected = told, abs(expected - told) < 1e-8), 0);
SELECT count(*) || ' figures compared' FROM compared;
