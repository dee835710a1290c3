package org.dcm4che3.net.service;

import java.util.EnumSet;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.dcm4che3.net.Status;

/** Query/Retrieve Level (0008,0052) with its unique key (PS3.4 section C.3). */
public enum QueryRetrieveLevel2 {
  PATIENT(Tag.PatientID, VR.LO),
  STUDY(Tag.StudyInstanceUID, VR.UI),
  SERIES(Tag.SeriesInstanceUID, VR.UI),
  IMAGE(Tag.SOPInstanceUID, VR.UI);

  private final int uniqueKey;
  private final VR vrOfUniqueKey;

  QueryRetrieveLevel2(int uniqueKey, VR vrOfUniqueKey) {
    this.uniqueKey = uniqueKey;
    this.vrOfUniqueKey = vrOfUniqueKey;
  }

  public int uniqueKey() {
    return uniqueKey;
  }

  public VR vrOfUniqueKey() {
    return vrOfUniqueKey;
  }

  /**
   * Checks the identifier of a query: its level, and one value of the unique key of each level
   * above, or at most one if queries are relational (PS3.4 sections C.4.1.2 and C.4.1.3).
   *
   * @param levels the levels of the information model
   * @throws DicomServiceException with status A900H and the offending element
   */
  public static QueryRetrieveLevel2 validateQueryIdentifier(
      Attributes keys, EnumSet<QueryRetrieveLevel2> levels, boolean relational)
      throws DicomServiceException {
    QueryRetrieveLevel2 level = levelOf(keys, levels);
    requireKeysAbove(level, keys, levels, relational);
    return level;
  }

  /**
   * Checks the identifier of a retrieval: its level, one or more values of the unique key of that
   * level, and one of each level above, or at most one if retrievals are relational (PS3.4 section
   * C.4.2.2).
   *
   * @param levels the levels of the information model
   * @throws DicomServiceException with status A900H and the offending element
   */
  public static QueryRetrieveLevel2 validateRetrieveIdentifier(
      Attributes keys, EnumSet<QueryRetrieveLevel2> levels, boolean relational)
      throws DicomServiceException {
    QueryRetrieveLevel2 level = levelOf(keys, levels);
    if (!keys.containsValue(level.uniqueKey)) {
      throw mismatch("no value of the unique key of the level", level.uniqueKey);
    }
    requireKeysAbove(level, keys, levels, relational);
    return level;
  }

  private static QueryRetrieveLevel2 levelOf(Attributes keys, EnumSet<QueryRetrieveLevel2> levels)
      throws DicomServiceException {
    String value = keys.getString(Tag.QueryRetrieveLevel);
    for (QueryRetrieveLevel2 level : levels) {
      if (level.name().equals(value)) {
        return level;
      }
    }
    throw mismatch("no level of the information model", Tag.QueryRetrieveLevel);
  }

  private static void requireKeysAbove(
      QueryRetrieveLevel2 level,
      Attributes keys,
      EnumSet<QueryRetrieveLevel2> levels,
      boolean relational)
      throws DicomServiceException {
    for (QueryRetrieveLevel2 above : levels) {
      if (above.compareTo(level) < 0) {
        String[] values = keys.getStrings(above.uniqueKey);
        boolean absent = values == null || values.length == 0;
        if (absent && relational) {
          continue;
        }
        if (absent || values.length != 1 || (!relational && isWildcard(values[0]))) {
          throw mismatch("not one value of the unique key of a level above", above.uniqueKey);
        }
      }
    }
  }

  private static boolean isWildcard(String value) {
    return value == null || value.isEmpty() || value.contains("*") || value.contains("?");
  }

  private static DicomServiceException mismatch(String comment, int tag) {
    return new DicomServiceException(Status.IdentifierDoesNotMatchSOPClass, comment)
        .setOffendingElements(tag);
  }
}
