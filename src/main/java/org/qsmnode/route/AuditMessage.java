package org.qsmnode.route;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is said of one event relevant to security (PS3.15 A.5).
 *
 * @param event what happened
 * @param type what kind of it, where there are kinds
 * @param action C, R, U, D or E: created, read, updated, deleted, executed
 * @param success false for a minor failure
 * @param participants who took part, at least one
 * @param subjects what it was about
 */
record AuditMessage(
    AuditCode event,
    Optional<AuditCode> type,
    char action,
    boolean success,
    List<Participant> participants,
    List<Subject> subjects) {

  AuditMessage {
    participants = List.copyOf(participants);
    subjects = List.copyOf(subjects);
    if (participants.isEmpty()) {
      throw new IllegalArgumentException("somebody takes part in every event");
    }
  }

  /**
   * A person, process or medium that took part.
   *
   * @param party who it is
   * @param requestor whether it asked for what happened
   * @param role part that it had, where there are several
   */
  record Participant(Party party, boolean requestor, Optional<AuditCode> role) {

    static Participant of(Party party, boolean requestor) {
      return new Participant(party, requestor, Optional.empty());
    }

    static Participant of(Party party, boolean requestor, AuditCode role) {
      return new Participant(party, requestor, Optional.of(role));
    }
  }

  /**
   * Who can take part.
   *
   * @param userId process number, AE title, URL or folder
   * @param aeTitle empty where it has none
   * @param host name or IP address, empty where it is not known
   */
  record Party(String userId, String aeTitle, String host) {

    /** An application entity. */
    static Party ae(String aeTitle, String host) {
      return new Party(aeTitle.isEmpty() ? "unknown" : aeTitle, aeTitle, host);
    }
  }

  /**
   * What an event was about.
   *
   * @param id by which it is known
   * @param idType what kind of identifier that is
   * @param query identifier of a query, its bytes in base 64; empty where it is none
   * @param details further values by name
   * @param instances number of SOP instances by SOP Class UID
   */
  record Subject(
      String id,
      AuditCode idType,
      Optional<String> query,
      Map<String, String> details,
      Map<String, Integer> instances) {

    Subject {
      details = Map.copyOf(details);
      instances = new TreeMap<>(instances);
    }

    static Subject of(String id, AuditCode idType) {
      return new Subject(id, idType, Optional.empty(), Map.of(), Map.of());
    }

    static Subject study(String studyInstanceUid, Map<String, Integer> instances) {
      return new Subject(
          studyInstanceUid, AuditCode.STUDY_INSTANCE_UID, Optional.empty(), Map.of(), instances);
    }
  }
}
