package io.headgate.alert;

/// Over what a channel tells (A10). The others that the contract knows are not offered yet.
public enum ChannelType {
    /// A webhook that takes Slack's `{"text": …}`; many other services do.
    SLACK
}
