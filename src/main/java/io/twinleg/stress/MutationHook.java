package io.twinleg.stress;

import io.twinleg.journal.Journal;
import io.twinleg.venue.Venue;

/**
 * What is put between the runner and its venue, and between it and its journal. Nothing, but in
 * tests, where a planted mistake must be caught.
 */
interface MutationHook {
  MutationHook NONE = new MutationHook() {};

  default Venue venue(Venue venue) {
    return venue;
  }

  default Journal journal(Journal journal) {
    return journal;
  }
}
