package io.hypercarry.exchange;

import io.hypercarry.core.model.RejectReason;

/** Why the exchange took no order, and its sentence for it. */
public record Rejection(RejectReason reason, String text) {}
