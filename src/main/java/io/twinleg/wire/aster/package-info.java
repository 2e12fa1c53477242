/**
 * Aster's wire format: the bodies of responses, the stream frames, the filters of {@code
 * exchangeInfo}, and the meaning of an error code. Client and server use the same records: each
 * reads what the venue writes, leniently (an id may be text), and writes what the venue would.
 * Requests and signing are in {@code request}. May import {@code core.model}, {@code wire} and
 * {@code wire.aster.request}. No socket, no clock, no thread.
 */
package io.twinleg.wire.aster;
