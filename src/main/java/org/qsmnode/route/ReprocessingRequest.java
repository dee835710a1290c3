package org.qsmnode.route;

/**
 * What a person asks of the reprocessing.
 *
 * @param verb what is asked
 * @param argument Study Instance UID, date (YYYY-MM-DD) or job, as the verb needs; may be empty
 */
public record ReprocessingRequest(Verb verb, String argument) {

  /** The requests. */
  public enum Verb {
    /** The plan for a study. */
    PLAN_STUDY,
    /** The plan for everything since a date. */
    PLAN_SINCE,
    /** Do what the plan for a study says, at once. */
    STUDY,
    /** Do what the plan since a date says, at once. */
    SINCE,
    /** The plan for all that failed, was given up or is incomplete. */
    PLAN_RETRY,
    /** Do what that plan says, at once. */
    RETRY,
    /** The studies of the PACS since a date, and what is known of them. */
    QUERY,
    /** Start nothing more. */
    PAUSE,
    /** Go on. */
    RESUME,
    /** Held results. */
    HELD,
    /** How the held result of a job differs from the one before. */
    COMPARISON,
    /** Send the held result of a job. */
    APPROVE,
    /** Never send the held result of a job. */
    REJECT
  }

  /** One line, for a file. */
  String line() {
    return verb + " " + argument;
  }

  static ReprocessingRequest parse(String line) {
    String[] parts = line.strip().split(" ", 2);
    return new ReprocessingRequest(Verb.valueOf(parts[0]), parts.length > 1 ? parts[1] : "");
  }
}
