"""The public form's questions: a file for each section, its pages and their forms side by side.

page.py      what a page and a section are
asking.py    what a page asks back: contradictions, days that cannot be, values read in another way
fields.py    kinds of fields, and choices that many questions share
reading.py   what was typed, read as it was meant; phones.py: a number as it is dialed somewhere
before.py … contact.py   the sections, in the order of path.py: SECTIONS
path.py      all pages together, and the path somebody takes through them
checks.py    what no page may be: a number, a key or a question twice, or one that is retired
"""
