// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "panels/inspected.h"

#include <QAbstractTableModel>

namespace rt {

/// One line of the Headers page.
struct HeaderRow
{
    enum class Kind { Section, StartLine, Field, Part };
    enum class Mark { None, Added, Changed, Removed, Missing };

    Kind kind = Kind::Field;
    Mark mark = Mark::None;
    Annotation::Tone tone = Annotation::Tone::Neutral;
    bool absent = false;
    QString name;
    QString value;
    QString meaning;
    /// "cors · origin", "the route · res.json", "the browser"; empty when unknown.
    QString setBy;
    /// What else is to say of that: "default · server.mjs line 12", "script may not set it".
    QString note;
    /// Who had set it before: "first cors"; empty when nobody had.
    QString history;
    /// Dotted with root ("server.cors.origin"); empty when no option did it.
    QByteArray option;
    bool optionIsDefault = false;
    /// In server.mjs; 0 when it is not there.
    int codeLine = 0;
    QString reference;
    QString referenceUrl;
    /// In the names of the check language; empty when it cannot be pointed at.
    QString pick;
    /// Into Diagnosis::fixes; -1 when nothing here mends it.
    int fix = -1;
    QByteArray header;
};

/// What each line of request and answer says in one exchange: start lines, fields, parts of fields
/// (cookies, query parameters) and absent fields that decided something.
class HeaderModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Mark, Field, Meaning, SetBy, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setInspected(const Inspected &inspected);
    /// Paths a lesson step wants looked at.
    void setHighlights(const QStringList &paths);
    bool isHighlighted(int row) const;
    const HeaderRow &row(int row) const { return m_rows[static_cast<size_t>(row)]; }
    const std::vector<Fix> &fixes() const { return m_fixes; }
    /// -1 when there is no such header.
    int rowOfHeader(const QByteArray &name) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void addSide(const Inspected &inspected, bool request);
    void addStartLine(const Inspected &inspected, bool request);
    void addQuery(const ExchangeRecord &exchange);
    void addField(const Inspected &inspected, const Annotation &annotation);
    void addCookies(const Annotation &annotation);
    void nameSource(const Inspected &inspected, const Annotation &annotation, HeaderRow &row) const;
    QString sentence(const HeaderRow &row) const;
    static QString toolTip(const HeaderRow &row, int column);

    std::vector<HeaderRow> m_rows;
    std::vector<Fix> m_fixes;
    QStringList m_highlights;
};

} // namespace rt
