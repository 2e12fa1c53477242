/** The positions of the journal against the venue's. May import core's model and portfolio. */
package io.twinleg.core.execution.reconciliation;
