SELECT concat(subject, '>') AS key, string_agg(concat('<', subject, '> <', predicate, '> ', term(object, datatype, language), ' .', chr(10)), ''
  ORDER BY concat(predicate, '> ', term(object, datatype, language), ' .')) AS text
FROM fact GROUP BY subject;
