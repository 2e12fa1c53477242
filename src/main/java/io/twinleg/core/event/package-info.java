/**
 * What happened (events) and what is requested (commands), as two sealed families of immutable
 * records. May import {@code core.model}. An event is made on any thread and read on the runner's;
 * a command is made there.
 */
package io.twinleg.core.event;
