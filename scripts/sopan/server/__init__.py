"""The embedded home: a bare repository whose hooks are the gate, the ledger and the publisher."""
