package org.qsmnode.camel;

import java.net.InetAddress;
import java.util.Map;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.net.Association;
import org.jspecify.annotations.Nullable;

/** What a peer did on an association that it opened, for records of security. */
public sealed interface DicomEvent {

  /** Who it was. */
  Caller caller();

  /**
   * A requestor.
   *
   * @param aeTitle empty where the association failed before it was told
   * @param address IP address
   */
  record Caller(String aeTitle, String address) {

    static Caller of(Association association) {
      String aeTitle = association.getCallingAET();
      return new Caller(
          aeTitle == null ? "" : aeTitle, address(association.getSocket().getInetAddress()));
    }

    static String address(@Nullable InetAddress address) {
      return address == null ? "" : address.getHostAddress();
    }
  }

  /** An association was rejected, or a TLS connection failed before there was one. */
  record Refused(Caller caller, String reason) implements DicomEvent {}

  /**
   * A query was put.
   *
   * @param keys the identifier, which may hold values of patient attributes
   * @param understood false where it was refused
   */
  record Queried(
      Caller caller,
      String sopClassUid,
      String transferSyntaxUid,
      Attributes keys,
      boolean understood)
      implements DicomEvent {}

  /**
   * Objects of one study were sent for a C-GET or C-MOVE.
   *
   * @param destination who got them; for C-GET the caller
   * @param objects how many were taken, by SOP Class UID
   * @param complete whether these are all that were asked for
   */
  record Retrieved(
      Caller caller,
      Caller destination,
      String studyInstanceUid,
      Map<String, Integer> objects,
      boolean complete)
      implements DicomEvent {}
}
