package org.qsmnode.route;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.qsmnode.series.header.IndexedInstance;
import org.qsmnode.store.InstanceRow;
import org.qsmnode.store.Ledger;
import org.qsmnode.store.TooManyFactsException;

/** What the ledger knows of the images of a study, as recognition takes it. */
final class StudyFacts {

  /**
   * Characters of JSON that one study may have, 1/16 of the heap: with the records made of them
   * they take some five times that. A classic image has about 1200 characters.
   */
  static final long MOST_CHARACTERS = Runtime.getRuntime().maxMemory() / 16;

  private final Ledger ledger;
  private final long mostCharacters;

  StudyFacts(Ledger ledger) {
    this(ledger, MOST_CHARACTERS);
  }

  StudyFacts(Ledger ledger, long mostCharacters) {
    this.ledger = ledger;
    this.mostCharacters = mostCharacters;
  }

  /** The facts of a study cannot be had; the message says why, without values of attributes. */
  static final class UnreadableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnreadableException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * Objects of a study with their facts.
   *
   * @throws UnreadableException where they are too many for memory
   */
  List<InstanceRow> ofStudy(String studyInstanceUid) {
    try {
      return ledger.instances().withFacts(studyInstanceUid, mostCharacters);
    } catch (TooManyFactsException e) {
      throw new UnreadableException("The study is too large: " + e.getMessage() + ".", e);
    }
  }

  /**
   * The facts of those objects that are images.
   *
   * @throws UnreadableException where those of one are not what this version writes
   */
  static List<IndexedInstance> indexed(List<InstanceRow> rows) {
    return rows.stream().map(StudyFacts::indexed).filter(Objects::nonNull).toList();
  }

  private static @Nullable IndexedInstance indexed(InstanceRow row) {
    String facts = row.facts();
    if (facts == null) {
      return null;
    }
    try {
      return IndexedInstance.fromJson(facts);
    } catch (IllegalArgumentException e) {
      throw new UnreadableException(
          "The ledger's facts of object " + row.sopInstanceUid() + " cannot be read.", e);
    }
  }
}
