package org.dcm4che3.net;

/** PDUs as octets, with the meaning of each field beside it (PS3.8 section 9.3, PS3.7 Annex E). */
final class GoldenPdus {

  private GoldenPdus() {}

  /** TESTSCU calls TESTSCP: Verification, MR Image Storage in two syntaxes. */
  static final byte[] ASSOCIATE_RQ =
      Hex.bytes(
          """
          01 00 0000010e               # A-ASSOCIATE-RQ, 270 octets follow
          0001 0000                    # protocol version bit 0; reserved
          'TESTSCP         '           # called AE title, padded to 16
          'TESTSCU         '           # calling AE title, padded to 16
          00000000000000000000000000000000 00000000000000000000000000000000 # reserved
          10 00 0015                   # application context item
            '1.2.840.10008.3.1.1.1'
          20 00 002e                   # presentation context item
            01 00 00 00                # context ID 1
            30 00 0011                 # abstract syntax: Verification
              '1.2.840.10008.1.1'
            40 00 0011                 # transfer syntax: Implicit VR Little Endian
              '1.2.840.10008.1.2'
          20 00 004d                   # presentation context item
            03 00 00 00                # context ID 3
            30 00 0019                 # abstract syntax: MR Image Storage
              '1.2.840.10008.5.1.4.1.1.4'
            40 00 0011                 # transfer syntax: Implicit VR Little Endian
              '1.2.840.10008.1.2'
            40 00 0013                 # transfer syntax: Explicit VR Little Endian
              '1.2.840.10008.1.2.1'
          50 00 002a                   # user information item
            51 00 0004                 # maximum length received
              00004000                 # 16384
            52 00 000f                 # implementation class UID
              '1.2.3.4.5.6.7.8'
            55 00 000b                 # implementation version name
              'TESTPEER_10'
          """);

  /** What a TESTSCP with MR Image Storage in Explicit VR Little Endian only answers. */
  static final byte[] ASSOCIATE_AC =
      Hex.bytes(
          """
          02 00 000000c4               # A-ASSOCIATE-AC, 196 octets follow
          0001 0000                    # protocol version bit 0; reserved
          'TESTSCP         '           # as received
          'TESTSCU         '           # as received
          00000000000000000000000000000000 00000000000000000000000000000000 # as received
          10 00 0015                   # application context item
            '1.2.840.10008.3.1.1.1'
          21 00 0019                   # presentation context item
            01 00 00 00                # context ID 1: acceptance
            40 00 0011                 # transfer syntax: Implicit VR Little Endian
              '1.2.840.10008.1.2'
          21 00 001b                   # presentation context item
            03 00 00 00                # context ID 3: acceptance
            40 00 0013                 # transfer syntax: Explicit VR Little Endian
              '1.2.840.10008.1.2.1'
          50 00 0027                   # user information item
            51 00 0004                 # maximum length received
              00008000                 # 32768
            52 00 000c                 # implementation class UID
              '1.2.3.4.5.99'
            55 00 000b                 # implementation version name
              'GOLDEN_TEST'
          """);

  static final byte[] ECHO_RQ =
      Hex.bytes(
          """
          04 00 0000004a               # P-DATA-TF, 74 octets follow
          00000046 01 03               # PDV of 70 octets, context 1, last fragment of a command
          0000 0000 04000000 38000000  # group length 56
          0000 0200 12000000           # affected SOP class UID: Verification, padded
            '1.2.840.10008.1.1' 00
          0000 0001 02000000 3000      # command field: C-ECHO-RQ
          0000 1001 02000000 0700      # message ID 7
          0000 0008 02000000 0101      # command data set type: none
          """);

  static final byte[] ECHO_RSP =
      Hex.bytes(
          """
          04 00 00000054               # P-DATA-TF, 84 octets follow
          00000050 01 03               # PDV of 80 octets, context 1, last fragment of a command
          0000 0000 04000000 42000000  # group length 66
          0000 0200 12000000           # affected SOP class UID: Verification, padded
            '1.2.840.10008.1.1' 00
          0000 0001 02000000 3080      # command field: C-ECHO-RSP
          0000 2001 02000000 0700      # message ID being responded to: 7
          0000 0008 02000000 0101      # command data set type: none
          0000 0009 02000000 0000      # status: success
          """);

  /** C-STORE of an MR image in context 3, Explicit VR Little Endian, data set in a second PDU. */
  static final byte[] STORE_RQ =
      Hex.bytes(
          """
          04 00 0000006a               # P-DATA-TF, 106 octets follow
          00000066 03 03               # PDV of 102 octets, context 3, last fragment of a command
          0000 0000 04000000 58000000  # group length 88
          0000 0200 1a000000           # affected SOP class UID: MR Image Storage, padded
            '1.2.840.10008.5.1.4.1.1.4' 00
          0000 0001 02000000 0100      # command field: C-STORE-RQ
          0000 1001 02000000 0800      # message ID 8
          0000 0007 02000000 0000      # priority: medium
          0000 0008 02000000 0000      # command data set type: present
          0000 0010 06000000           # affected SOP instance UID
            '1.2.35'
          """);

  static final byte[] STORE_DATA =
      Hex.bytes(
          """
          04 00 0000003c               # P-DATA-TF, 60 octets follow
          00000022 03 00               # PDV of 34 octets, context 3, a fragment of a data set
          0800 1600 'UI' 1a00          # SOP class UID: MR Image Storage, padded
            '1.2.840.10008.5.1.4.1.1' # cut off in the middle of its value
            2e
          00000012 03 02               # PDV of 18 octets, context 3, last fragment of a data set
            '4' 00                     # rest of the value
          0800 1800 'UI' 0600          # SOP instance UID
            '1.2.35'
          """);

  static final byte[] STORE_RSP =
      Hex.bytes(
          """
          04 00 0000006a               # P-DATA-TF, 106 octets follow
          00000066 03 03               # PDV of 102 octets, context 3, last fragment of a command
          0000 0000 04000000 58000000  # group length 88
          0000 0200 1a000000           # affected SOP class UID: MR Image Storage, padded
            '1.2.840.10008.5.1.4.1.1.4' 00
          0000 0001 02000000 0180      # command field: C-STORE-RSP
          0000 2001 02000000 0800      # message ID being responded to: 8
          0000 0008 02000000 0101      # command data set type: none
          0000 0009 02000000 0000      # status: success
          0000 0010 06000000           # affected SOP instance UID
            '1.2.35'
          """);

  static final byte[] REJECT_CALLED =
      Hex.bytes(
          """
          03 00 00000004               # A-ASSOCIATE-RJ
          00 01 01 07                  # permanent, service user, called AE title not recognized
          """);

  static final byte[] REJECT_CALLING =
      Hex.bytes(
          """
          03 00 00000004               # A-ASSOCIATE-RJ
          00 01 01 03                  # permanent, service user, calling AE title not recognized
          """);

  static final byte[] RELEASE_RQ =
      Hex.bytes(
          """
          05 00 00000004               # A-RELEASE-RQ
          00000000                     # reserved
          """);

  static final byte[] RELEASE_RP =
      Hex.bytes(
          """
          06 00 00000004               # A-RELEASE-RP
          00000000                     # reserved
          """);

  static final byte[] ABORT_BY_USER =
      Hex.bytes(
          """
          07 00 00000004               # A-ABORT
          00 00 00 00                  # service user; reason not significant
          """);

  static final byte[] ABORT_BY_PROVIDER =
      Hex.bytes(
          """
          07 00 00000004               # A-ABORT
          00 00 02 00                  # service provider; reason not specified
          """);

  static final byte[] UNRECOGNIZED =
      Hex.bytes(
          """
          99 00 00000004               # no PDU type of PS3.8
          00000000
          """);
}
