package io.twinleg.simulator;

import io.twinleg.core.model.RejectReason;

/** Why the exchange took no order, and its sentence for it. */
public record Rejection(RejectReason reason, String text) {}
