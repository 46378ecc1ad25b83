"""The casework and the law it stands on: plain records and pure functions, stdlib only."""
