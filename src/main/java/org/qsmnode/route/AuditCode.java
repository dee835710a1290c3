package org.qsmnode.route;

/** Codes of audit messages: DCM of PS3.16 Annex D, and one of RFC 3881. */
enum AuditCode {
  APPLICATION_ACTIVITY("110100", "Application Activity"),
  BEGIN_TRANSFERRING("110102", "Begin Transferring DICOM Instances"),
  INSTANCES_ACCESSED("110103", "DICOM Instances Accessed"),
  INSTANCES_TRANSFERRED("110104", "DICOM Instances Transferred"),
  STUDY_DELETED("110105", "DICOM Study Deleted"),
  EXPORT("110106", "Export"),
  QUERY("110112", "Query"),
  SECURITY_ALERT("110113", "Security Alert"),
  APPLICATION_START("110120", "Application Start"),
  APPLICATION_STOP("110121", "Application Stop"),
  NODE_AUTHENTICATION("110126", "Node Authentication"),
  URI("110037", "URI"),
  APPLICATION("110150", "Application"),
  DESTINATION("110152", "Destination Role ID"),
  SOURCE("110153", "Source Role ID"),
  DESTINATION_MEDIA("110154", "Destination Media"),
  STUDY_INSTANCE_UID("110180", "Study Instance UID"),
  SOP_CLASS_UID("110181", "SOP Class UID"),
  NODE_ID("110182", "Node ID"),
  PATIENT_NUMBER("2", "Patient Number");

  private final String value;
  private final String meaning;

  AuditCode(String value, String meaning) {
    this.value = value;
    this.meaning = meaning;
  }

  String value() {
    return value;
  }

  String meaning() {
    return meaning;
  }

  String scheme() {
    return this == PATIENT_NUMBER ? "RFC-3881" : "DCM";
  }
}
