"""The official forms as workbooks: what stands where, and how it looks on A4."""
