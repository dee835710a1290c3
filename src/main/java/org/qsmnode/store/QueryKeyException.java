package org.qsmnode.store;

/** A matching key whose value is not of the form that its VR asks for; never quotes the value. */
public final class QueryKeyException extends Exception {

  private static final long serialVersionUID = 1L;

  QueryKeyException(String sentence) {
    super(sentence);
  }

  /** Which key it is, in at most 64 characters, as an error comment holds (PS3.7 C). */
  public String sentence() {
    return String.valueOf(getMessage());
  }
}
