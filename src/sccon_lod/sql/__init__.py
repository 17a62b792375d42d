"""The plan as SQL text; no other package writes SQL.

Tables: one per source (`source."data/event.csv"`: "#record", "#in", "#line", "#path" and a column per column, empty
cells are NULL, several values a list), one per invocation of a value function (`call_7`: its arguments, lexical,
datatype, problem), one per join (`joined_3`: what is in common, the subjects), one per source of what rows are and
what is wrong with them (`row_2`), `statement` (what rows say, with rule and record), `told` (what vocabulary files
say), `fact` (the distinct statements that are not written row by row). An IRI has the datatype ''; a literal without
language has the language ''.
"""
