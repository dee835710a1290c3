package org.qsmnode.camel;

import org.apache.camel.spi.Metadata;

/** Headers of the {@code dicom:} component. */
public final class DicomConstants {

  @Metadata(label = "consumer", javaType = "String", description = "SOP Class UID of the command.")
  public static final String SOP_CLASS_UID = "CamelDicomSopClassUid";

  @Metadata(
      label = "consumer",
      javaType = "String",
      description = "SOP Instance UID of the command.")
  public static final String SOP_INSTANCE_UID = "CamelDicomSopInstanceUid";

  @Metadata(
      label = "consumer",
      javaType = "String",
      description = "Transfer syntax UID of the data set.")
  public static final String TRANSFER_SYNTAX_UID = "CamelDicomTransferSyntaxUid";

  @Metadata(label = "consumer", javaType = "String", description = "AE title of the sender.")
  public static final String CALLING_AE_TITLE = "CamelDicomCallingAeTitle";

  @Metadata(label = "consumer", javaType = "String", description = "AE title that was called.")
  public static final String CALLED_AE_TITLE = "CamelDicomCalledAeTitle";

  @Metadata(label = "consumer", javaType = "String", description = "IP address of the sender.")
  public static final String REMOTE_ADDRESS = "CamelDicomRemoteAddress";

  private DicomConstants() {}
}
