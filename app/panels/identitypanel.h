// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "browser/fetchrequest.h"
#include "lab/credentialverdict.h"
#include "panels/identityactions.h"

#include <QWidget>

class QComboBox;
class QStackedWidget;
class QTimer;

namespace rt {

class CaptureStore;
class EmptyState;
class IdentityEditor;
class IdentityVerdict;
class LabDocument;
class LabSession;
class Selection;

/// The identity bench: sessions and tokens of the jar and of the selected exchange, taken apart.
/// What is changed here is judged at once by the lab's own keys and can be sent.
class IdentityPanel final : public QWidget
{
    Q_OBJECT

public:
    IdentityPanel(LabDocument &document, Selection &selection, const Theme &theme,
                  QWidget *parent = nullptr);

    void setStore(CaptureStore *store);
    /// The one that is shown, as edited; nothing when there is none.
    const std::optional<Credential> &credential() const { return m_edited; }
    /// Takes over pasted text; the error says what was expected.
    Result<void> paste(const QByteArray &text);
    EmptyState &emptyState() { return *m_empty; }

signals:
    /// The client is to send this; cookies of the jar have been changed before.
    void sendRequested(const rt::FetchRequest &request);
    /// What happened or cannot be done, in one sentence.
    void said(const QString &sentence);

protected:
    void showEvent(QShowEvent *event) override;

private:
    QWidget *makeCaption();
    QWidget *makeBench();
    void connectActions();
    void refresh();
    void read();
    void fillChooser();
    void choose(int index);
    void adopt(const Credential &credential);
    void judgeEdited();
    void onEdited(const Credential &credential);
    void send();
    void putIntoJar(const Credential &credential);
    FetchRequest requestFor(const Credential &credential) const;
    void signAgain(IdentityActions::SignWith with);
    void guessSecret();
    void flip();
    void rotateKeys(bool keepOld);
    void revoke();
    void expire();
    void logIn();
    void copyToClipboard();
    void pasteFromClipboard();
    bool isEdited() const;

    LabSession &m_lab;
    LabDocument &m_document;
    Selection &m_selection;
    const Theme &m_theme;
    CaptureStore *m_store = nullptr;
    std::vector<Credential> m_found;
    std::vector<Credential> m_pasted;
    std::optional<Credential> m_original;
    std::optional<Credential> m_edited;
    QStackedWidget *m_pages = nullptr;
    EmptyState *m_empty = nullptr;
    QComboBox *m_chooser = nullptr;
    IdentityEditor *m_editor = nullptr;
    IdentityVerdict *m_verdict = nullptr;
    IdentityActions *m_actions = nullptr;
    QTimer *m_timer = nullptr;
    /// What the word list found last; offered when a secret is asked for.
    QString m_guessed;
    bool m_filling = false;
};

} // namespace rt
