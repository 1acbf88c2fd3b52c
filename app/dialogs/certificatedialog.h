// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "server/tlsidentity.h"
#include "widgets/theme.h"

#include <QDialog>

class QPushButton;

namespace rt {

class Card;
class CaptionLabel;
class LabSession;
class RichView;
class Segmented;

/// Where the certificate of the lab's authority is, how another browser learns to trust it, and how
/// it forgets it again. Installs nothing.
class CertificateDialog : public QDialog
{
    Q_OBJECT

public:
    CertificateDialog(const Theme &theme, LabSession &lab, QWidget *parent);

    /// Writes the authority's certificate to a file of the user's choice.
    Result<void> saveTo(const QString &file);
    /// Authority, certificate and keys are deleted, new ones made; the servers take them up.
    void renew();

private:
    QLayout *makeFacts();
    QWidget *makeButtons();
    void load();
    void say(const QString &sentence, bool isBad = false);
    void chooseFile();
    void showSteps();
    QString stepsHtml(int place) const;
    int httpsPort() const;
    QString whereToGo() const;

    const Theme &m_theme;
    LabSession &m_lab;
    TlsIdentityStore m_store;
    QByteArray m_authorityPem;
    CaptionLabel *m_name;
    CaptionLabel *m_validity;
    CaptionLabel *m_fingerprint;
    CaptionLabel *m_path;
    CaptionLabel *m_note;
    Segmented *m_places;
    RichView *m_steps;
};

} // namespace rt
