"""The partnership as a network: where it has holes, who refers to whom, and what hangs on one partner."""
