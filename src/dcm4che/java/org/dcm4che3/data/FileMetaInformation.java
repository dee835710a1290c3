package org.dcm4che3.data;

/** Makes file meta information (PS3.10 7.1). */
final class FileMetaInformation {
  private FileMetaInformation() {}

  static Attributes of(String iuid, String cuid, String tsuid) {
    Attributes fmi = new Attributes(6);
    fmi.setBytes(Tag.FileMetaInformationVersion, VR.OB, new byte[] {0, 1});
    fmi.setString(Tag.MediaStorageSOPClassUID, VR.UI, required("cuid", cuid));
    fmi.setString(Tag.MediaStorageSOPInstanceUID, VR.UI, required("iuid", iuid));
    fmi.setString(Tag.TransferSyntaxUID, VR.UI, required("tsuid", tsuid));
    fmi.setString(Tag.ImplementationClassUID, VR.UI, Implementation.getClassUID());
    fmi.setString(Tag.ImplementationVersionName, VR.SH, Implementation.getVersionName());
    return fmi;
  }

  private static String required(String name, String uid) {
    if (uid == null || uid.isEmpty()) {
      throw new IllegalArgumentException(name + ": no UID");
    }
    return uid;
  }
}
