/**
 * The live venues of one run behind the port of one. Start at {@code RoutedVenue}. Each venue keeps
 * its threads, its clock and its inbox; what they say is read as one stream. A thread of its own
 * opens each venue, and brings one that was away back to the run that began without it. Imports:
 * see the table of allowed imports in the tests.
 */
package io.twinleg.venue.routed;
