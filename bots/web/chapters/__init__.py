"""The chapters of a case's page: courses, papers, meetings, connections, consents.

Each chapter turns records of the story into rows of plain text; one template shows them all.
"""
