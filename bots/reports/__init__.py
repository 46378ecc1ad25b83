"""Figures and forms as people take them away: on a terminal, as CSV, as a workbook."""
