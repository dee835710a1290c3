package org.qsmnode.store;

/** A study has more facts in the ledger than may be in memory at a time. */
public final class TooManyFactsException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  TooManyFactsException(long characters, long mostCharacters) {
    super(
        "the facts of its objects have "
            + characters
            + " characters, and "
            + mostCharacters
            + " may be read at a time");
  }
}
