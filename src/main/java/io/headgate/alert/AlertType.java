package io.headgate.alert;

/// What an alert watches (A2). The others that the contract knows are not offered yet.
public enum AlertType {
    DAG_FAILURE
}
